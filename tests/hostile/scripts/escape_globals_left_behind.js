// outcome: ok
on("go", () => {
  const names = ["__core", "__host", "__mailbox", "python", "pmEval", "require", "process", "module", "exports", "internalBinding",
    "XMLHttpRequest", "WebAssembly", "SharedArrayBuffer", "Atomics", "ShadowRealm", "load", "read", "print", "quit", "os",
    "Worker", "importScripts", "evalcx", "newGlobal", "Debugger", "gc", "importPython", "__import__"];
  const found = names.filter((name) => name in globalThis || (0, eval)(`typeof ${name}`) !== "undefined");
  if (found.length > 0) throw new Error(`reached: ${found}`);
});
