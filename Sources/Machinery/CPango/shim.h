// SPDX-License-Identifier: Apache-2.0
// Pango lays text out, cairo draws it into a PDF, fontconfig finds the one font family that we allow.
#pragma once
#include <cairo.h>
#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

/// A font map that sees only the fonts of `config` (which it references); NULL when cairo has no FreeType.
static inline PangoFontMap *paper_font_map(FcConfig *config) {
  PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
  if (map != NULL && config != NULL) {
    pango_fc_font_map_set_config((PangoFcFontMap *)map, config);
  }
  return map;
}
