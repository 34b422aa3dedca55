// The packages in vendor/ are JavaScript; what of them is used is described where it is used.
declare module "*/vendor/streams.js";
declare module "*/vendor/urlpattern.js";
declare module "*/vendor/hashes.js";
