// outcome: cpu, crashed
// after: keeps, ends killed
on("go", () => (7n ** 9000000n).toString());
