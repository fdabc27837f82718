/* SPDX-License-Identifier: MIT */
#ifndef KIT_IMAGE_H
#define KIT_IMAGE_H

#include <string>
#include <vector>

/** @file
 * A shared library as a file: what can be told of it without loading it.
 */

namespace kit {

/** The dynamic symbols that an image defines. */
struct Image {
  std::vector<std::string> symbols; /**< sorted */
  bool has_symbols = false; /**< false: its section headers are stripped */
};

/** Reads an ELF file of this machine. Trusts no byte of it.
 * @throws LoadError if the loader could not load it, in one line. */
Image read_image(const std::string &path);

}  // namespace kit

#endif
