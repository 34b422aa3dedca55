// load: registered_nothing
