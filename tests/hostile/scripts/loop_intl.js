// outcome: cpu
on("go", () => {
  for (;;) new Intl.DateTimeFormat("de", { dateStyle: "full", timeZone: "Asia/Tokyo" }).format(new Date());
});
