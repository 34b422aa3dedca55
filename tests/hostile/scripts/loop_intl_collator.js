// outcome: cpu
on("go", () => {
  const words = Array.from({ length: 100000 }, (_, index) => "ä" + Math.sin(index));
  for (;;) words.sort(new Intl.Collator("sv", { numeric: true }).compare);
});
