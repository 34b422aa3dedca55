// outcome: cpu
on("go", () => "aaa".replaceAll("a", () => { for (;;); }));
