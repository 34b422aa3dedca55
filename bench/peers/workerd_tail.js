export default {
  async fetch(request) {
    return new native.Response(await dispatch("messageCreate", await request.json()));
  },
};
