// load: registered_nothing
const useless = 1;
