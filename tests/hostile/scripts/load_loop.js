// load: cpu
// deadline: 0.3
for (;;);
