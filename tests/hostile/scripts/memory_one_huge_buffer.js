// outcome: memory, threw
on("go", () => new ArrayBuffer(2 ** 33).byteLength);
