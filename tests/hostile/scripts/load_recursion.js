// load: threw
// error: InternalError: too much recursion
const dive = () => dive() + 1;
dive();
