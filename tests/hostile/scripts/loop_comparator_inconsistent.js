// outcome: ok
// A comparator that lies ends all the same.
on("go", () => {
  Array.from({ length: 20000 }, (_, index) => index).sort(() => (Math.random() < 0.5 ? -1 : 1));
});
