// Each request under a new path: an isolate loaded from text at run time, which answers it. "/" answers by itself.
export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === "/") return new Response("ready");
    const worker = env.LOADER.get(pathname, () => ({
      compatibilityDate: "2026-01-01",
      mainModule: "main.js",
      modules: { "main.js": env.BUNDLE },
      globalOutbound: null,
    }));
    return worker.getEntrypoint().fetch(request);
  },
};
