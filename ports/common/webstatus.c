/** The files of the web server that are made when they are asked for; the others lie in fs/. */
#include "webstatus.h"

#include "lwip/apps/fs.h"
#include "lwip/apps/httpd.h"
#include "lwip/mem.h"
#include "state.h"
#include <string.h>

/** Octets of a generated page at most; taken from the heap while it is being sent. */
#define PAGE_MAX ((LWIP_IPV6 ? 16 : 12) * 1024)

int fs_open_custom(struct fs_file *file, const char *name)
{
  bool json = strcmp(name, "/state.json") == 0;
  struct text t;
  char *page;

  if (!json && strcmp(name, "/status.html") != 0) {
    return 0;
  }
  page = (char *)mem_malloc(PAGE_MAX);
  if (page == NULL) {
    return 0;
  }
  text_init(&t, page, PAGE_MAX);
  if (json) {
    state_json(&t);
  } else {
    state_html(&t);
  }
  page = (char *)mem_trim(page, (mem_size_t)t.len);
  memset(file, 0, sizeof *file);
  file->data = page;
  file->pextension = page;
  file->len = (int)t.len;
  file->index = file->len;
  return 1;
}

void fs_close_custom(struct fs_file *file)
{
  mem_free(file->pextension);
}

void webstatus_start(void)
{
  httpd_init();
}
