// load: threw
// error: ^: null
throw null;
