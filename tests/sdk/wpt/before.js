// What a page of web-platform-tests finds around it, put before the suite's own harness; PLACE is the file's address.
globalThis.self = globalThis;
globalThis.location = Object.freeze((({ href, origin, pathname, search }) => ({ href, origin, pathname, search }))(new URL(PLACE)));
globalThis.GLOBAL = { isWindow: () => false, isWorker: () => false, isShadowRealm: () => false };
globalThis.fetch = ((send) => (input, init) => send(new URL(input, location.href), init))(fetch);
globalThis.Request = ((Own) => class Request extends Own {
  constructor(input, init) {
    super(input instanceof Own ? input : new URL(input, location.href), init);
  }
})(Request);
// Scripts have no FileReader, but it is how the suite looks into a Blob.
globalThis.FileReader = class {
  readAsText = (blob) => void this.#tell(blob.text());
  readAsArrayBuffer = (blob) => void this.#tell(blob.arrayBuffer());
  async #tell(read) {
    this.result = await read;
    this.onload({ target: this });
  }
};
