// What the script of one guild may do to the others. flora and the bots of discord.js run this very text.
export const attacks = {
  spin(ms) {
    const end = Date.now() + Number(ms);
    while (Date.now() < end);
  },
  throw() {
    throw new Error("thrown");
  },
  throwLater() {
    setTimeout(() => {
      throw new Error("thrown later");
    }, 0);
  },
  jobs() {
    const again = () => Promise.resolve().then(again);
    again();
  },
  memory() {
    const all = [];
    for (;;) all.push(new Array(10_000).fill(1));
  },
  buffers(megabytes) {
    const all = (globalThis.kept = []);
    for (let taken = 0; taken < Number(megabytes); taken += 16) all.push(new Uint8Array(16 * 1024 * 1024).fill(1));
  },
  crash() {
    globalThis.process.kill(globalThis.process.pid, "SIGKILL");
  },
};
