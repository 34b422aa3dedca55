export default {
  async fetch(request) {
    return new Response(await dispatch("message", await request.json()));
  },
};
