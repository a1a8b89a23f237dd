/** The state of the stack as text: JSON, or an HTML table for browsers without JavaScript. */
#ifndef PORTS_COMMON_STATE_H
#define PORTS_COMMON_STATE_H

#include "text.h"

void state_json(struct text *t);
void state_html(struct text *t);

#endif
