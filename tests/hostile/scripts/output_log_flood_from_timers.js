// outcome: ok
on("go", () => {
  setInterval(() => {
    for (let index = 0; index < 2000; index++) console.log("line", index, "y".repeat(100));
  }, 1);
});
