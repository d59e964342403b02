"""Who said what: quotations, speakers and relayed reports."""
