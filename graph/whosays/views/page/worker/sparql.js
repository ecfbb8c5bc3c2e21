// Runs in a worker, behind the engine's own script, whose names are in scope here. It
// is given the data once and then answers questions, one at a time.
{
  let store = null;

  async function unpack(packed) {
    const text = atob(packed), bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(plain).arrayBuffer());
  }
  async function open({ engine, data }) {
    await __wbg_init({ module_or_path: await unpack(engine) });
    store = new Store();
    for (const [format, packed] of data) {
      store.load(await unpack(packed), { format, lenient: true, no_transaction: true });
    }
    return { quads: store.size };
  }
  // Only the engine knows which form a query has: it refuses the format of the others
  // before it looks for an answer.
  function answer({ query }) {
    try {
      return { rows: store.query(query, { results_format: "application/sparql-results+json" }) };
    } catch (problem) {
      if (!/^Not supported RDF format/.test(problem.message)) throw problem;
      return { graph: store.query(query, { results_format: "text/turtle" }) };
    }
  }
  self.onmessage = async ({ data }) => {
    const began = performance.now();
    try {
      const done = data.engine ? await open(data) : answer(data);
      self.postMessage({ ...done, ms: performance.now() - began });
    } catch (problem) {
      // Anything but a plain Error has left the engine's memory in an unknown state.
      const broken = !store || problem.constructor !== Error;
      self.postMessage({ error: String(problem.message || problem), broken });
    }
  };
}
