// load: cpu
// deadline: 0.3
const next = () => Promise.resolve().then(next);
await next();
