"""The tabs of the page: Gradio's parts, and what their events do."""
