/* Gradio answers all events of its queue over one stream. The server ends it when no event is left; a question that it accepts before the
   browser has read of that end finds a stream that seems open, and its answer would never be fetched. Here the next stream is then
   read as the continuation of the first. Loaded before Gradio. */
(() => {
  const plain = window.fetch.bind(window);
  const fetched = (...what) => plain(...what).catch((error) => {
    if (error.name === "TypeError") dispatchEvent(new Event("sitasi-unreached")); /* page.js looks whether the server is gone */
    throw error;
  });
  let waiting = 0; /* events sent to the queue whose end has not been read */

  const join = async (what, init) => {
    waiting += 1;
    let response = null;
    try { response = await fetched(what, init); } finally { if (!response || !response.ok) waiting -= 1; }
    return response;
  };

  /* Hands on whole messages; true where the server ended the stream while an event waits. */
  const hand = async (body, controller) => {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    const encoder = new TextEncoder();
    let read = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return false;
      const messages = (read + value).split("\n\n");
      read = messages.pop();
      for (const message of messages) {
        const { msg } = JSON.parse(message.slice(message.indexOf("{")));
        if (msg === "process_completed") waiting -= 1;
        if (msg === "close_stream" && waiting > 0) return true;
        controller.enqueue(encoder.encode(`${message}\n\n`));
        if (msg === "close_stream") return false;
      }
    }
  };

  const stream = async (what, init) => {
    const request = new Request(what, init);
    const response = await fetched(request.clone());
    if (!response.ok) return response;
    const start = async (controller) => {
      try {
        let next = response;
        while (await hand(next.body, controller)) {
          next = await fetched(request.clone());
          if (!next.ok) throw new Error(`the next stream: ${next.status}`);
        }
        controller.close();
      } catch (error) {
        waiting = 0;
        controller.error(error);
      }
    };
    return new Response(new ReadableStream({ start }), response);
  };

  window.fetch = (what, init) => {
    const { pathname } = new URL(what.url || what, location.href);
    if (pathname.endsWith("/queue/join")) return join(what, init);
    return pathname.endsWith("/queue/data") ? stream(what, init) : fetched(what, init);
  };
})();
