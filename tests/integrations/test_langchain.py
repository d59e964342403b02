"""Sitasi inside LangChain: its own standard tests, an agent with a scripted model, a runnable."""

from __future__ import annotations

import asyncio

import httpx
import pytest

pytest.importorskip("langgraph")
pytest.importorskip("langchain_tests")
from langchain.agents import create_agent
from langchain_core.runnables import RunnablePassthrough
from langchain_openai import ChatOpenAI
from langchain_tests.integration_tests import RetrieversIntegrationTests

from qa.errors import UsageError
from qa.integrations.langchain import CorpusRetriever, answering, ask_tool
from qa.schema import Answer
from qa.testing.chat_server import Reply, ScriptedServer

pytestmark = pytest.mark.extra("langchain", "langchain_openai", "langchain_tests", "langgraph")

QUESTION = "Kapan peluncuran pertama dari Vostochny?"


class TestCorpusRetriever(RetrieversIntegrationTests):
    """LangChain's standard tests of a retriever, over the seeds."""

    @pytest.fixture(autouse=True)
    def _opened(self, assistant):
        type(self).opened = assistant

    @property
    def retriever_constructor(self):
        return CorpusRetriever

    @property
    def retriever_constructor_params(self):
        return {"assistant": self.opened}

    @property
    def retriever_query_example(self):
        return QUESTION


def test_a_document_carries_the_span_of_its_article(assistant):
    found = CorpusRetriever(assistant=assistant, k=3).invoke(QUESTION)
    assert len(found) == 3
    for document in found:
        text = assistant.article(document.metadata["article_id"]).text
        assert text[document.metadata["start"] : document.metadata["end"]] == document.page_content
    assert asyncio.run(CorpusRetriever(assistant=assistant, k=3).ainvoke(QUESTION)) == found


def test_an_agent_asks_the_archive_and_answers_from_it(assistant):
    def script(body):
        if body["messages"][-1]["role"] == "tool":
            return Reply("Menurut arsip: " + body["messages"][-1]["content"].splitlines()[0])
        return Reply(tools=(("ask_news_archive", {"question": QUESTION}),))

    with ScriptedServer(script) as server, httpx.Client() as http:
        agent = create_agent(
            ChatOpenAI(model="scripted", base_url=server.url, api_key="none", http_client=http), tools=[ask_tool(assistant)]
        )
        messages = agent.invoke({"messages": [{"role": "user", "content": QUESTION}]})["messages"]
    assert "2016" in messages[-1].content
    tool = next(message for message in messages if message.type == "tool")
    assert isinstance(tool.artifact, Answer)
    assert tool.artifact.citations


def test_the_runnable_composes_and_keeps_the_contract(assistant):
    chain = {"question": RunnablePassthrough()} | answering(assistant)
    assert "2016" in chain.invoke(QUESTION)["answer"]
    batch = answering(assistant).batch([QUESTION, {"question": "?", "history": []}])
    assert [one["abstained"] for one in batch] == [False, True]
    assert asyncio.run(answering(assistant).ainvoke(QUESTION))["citations"] == batch[0]["citations"]
    with pytest.raises(UsageError, match="question is needed"):
        answering(assistant).invoke({"query": "x"})


def test_the_tool_says_when_the_articles_do_not(assistant):
    assert ask_tool(assistant).invoke({"question": "?!"}).startswith("No answer (empty-question)")


def test_the_example_of_the_page_runs(assistant, seeds_settings, root, monkeypatch, capsys):
    monkeypatch.setenv("QA_INDEXES", str(seeds_settings.indexes))
    page = (root / "docs/langchain.md").read_text(encoding="utf-8")
    exec(compile(page.split("```python\n")[1].split("```")[0], "docs/langchain.md", "exec"), {})
    assert capsys.readouterr().out.count("2016") >= 2
