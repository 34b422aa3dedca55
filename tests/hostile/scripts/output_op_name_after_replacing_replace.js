// outcome: ok
// op: ^[\w.:-]+$
on("go", async () => {
  String.prototype.replace = function () {
    return 'echo\t0\tnull\nD\t1\tcrashed\t0\t0\t\n';
  };
  RegExp.prototype[Symbol.replace] = String.prototype.replace;
  RegExp.prototype.exec = () => null;
  globalThis.String = () => ({ replace: String.prototype.replace });
  await op("echo", 1);
});
