// outcome: cpu, threw
on("go", () => /^(?=(.*)*$)(.*)*(.*)*(.*)*z/.test("y".repeat(60)));
