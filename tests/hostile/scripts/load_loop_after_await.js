// load: cpu
// deadline: 0.3
await null;
for (;;);
