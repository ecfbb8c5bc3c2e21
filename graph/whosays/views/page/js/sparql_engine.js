// Two back ends behind one door: the engine in the page, or the server that the page
// came from. Both are opened once and asked with a text; both can be stopped.
//
// The engine always runs in a worker. It is synchronous and would freeze the page, no
// query has a limit of time, and one that runs out of stack or memory leaves the engine
// in ruins: a worker is ended and another one takes its place.
const ENGINE = {
  worker: null, opened: null, failed: null,

  open() {
    if (this.opened) return this.opened;
    this.opened = this.start();
    this.opened.catch(() => this.end());
    return this.opened;
  },
  async start() {
    const program = new Blob([await unpacked(packedBlock("program"))], { type: "text/javascript" });
    const address = URL.createObjectURL(program);
    this.worker = new Worker(address);
    const terms = [];
    for (let n = 0; packedBlock("terms-" + n); n += 1) terms.push(["ttl", packedBlock("terms-" + n)]);
    const data = [["trig", packedBlock("data")], ...terms];
    const ready = await this.send({ engine: packedBlock("engine"), data });
    URL.revokeObjectURL(address);
    return ready;
  },
  send(message) {
    const worker = this.worker;
    return new Promise((done, failed) => {
      this.failed = failed;
      worker.onmessage = ({ data }) => {
        if (data.broken) this.end();
        if (data.error === undefined) done(data);
        else failed(new Error(data.broken ? T("sparql_ended", { why: data.error }) : data.error));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        this.end();
        failed(new Error(T("sparql_no_worker")));
      };
      worker.postMessage(message);
    });
  },
  async ask(text) {
    await this.open();
    return this.send({ query: prologue() + text });
  },
  shift: () => prologue().length,
  end() {
    this.worker?.terminate();
    this.worker = this.opened = null;
  },
  stop() {
    this.end();
    this.failed?.(new Error(T("sparql_stopped")));
  },
};

const SERVER = {
  control: null,
  open: async () => ({}),
  async ask(text) {
    const began = performance.now();
    this.control = new AbortController();
    const headers = { "Content-Type": "application/sparql-query",
      Accept: "application/sparql-results+json, text/turtle;q=0.9" };
    const answer = await fetch(ASKABLE.endpoint,
      { method: "POST", body: text, headers, signal: this.control.signal });
    const body = await answer.text();
    if (!answer.ok) throw new Error(body.trim() || String(answer.status));
    const json = /json/.test(answer.headers.get("Content-Type"));
    return { [json ? "rows" : "graph"]: body, ms: performance.now() - began };
  },
  shift: () => 0,
  stop() { this.control?.abort(new Error(T("sparql_stopped"))); },
};
const BACKEND = ASKABLE.endpoint ? SERVER : ENGINE;
