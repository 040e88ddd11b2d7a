/* Premultiplied colours, one over the other. */

#ifndef MASKWRIGHT_OVER_H
#define MASKWRIGHT_OVER_H

#include <stdint.h>

/* A colour over what is below it. Channels are multiplied by (255 − alpha) / 255, rounded. */
static inline uint32_t
over(uint32_t color, uint32_t below)
{
    uint32_t rest = 255 - (color >> 24);
    uint32_t even = (below & 0x00ff00ffu) * rest + 0x00800080u;
    uint32_t odd = ((below >> 8) & 0x00ff00ffu) * rest + 0x00800080u;
    even = ((even + ((even >> 8) & 0x00ff00ffu)) >> 8) & 0x00ff00ffu;
    odd = (odd + ((odd >> 8) & 0x00ff00ffu)) & 0xff00ff00u;
    return color + (even | odd);
}

#endif
