/* SPDX-License-Identifier: MIT */
#ifndef KIT_INSPECTION_H
#define KIT_INSPECTION_H

#include <optional>
#include <string>
#include <vector>

#include "../contract/contract.h"
#include "../run/journal.h"

/** @file
 * What can be seen of a library, and how its worker tells it.
 */

namespace kit {

struct SeenExport {
  std::string name, summary;
  std::string failure; /**< what create gave instead of an object, or "" */
};

/** A suite or an extension. */
struct SeenTable {
  std::string name;
  std::vector<std::string> slots; /**< that are there */
};

struct SeenType {
  std::string name;
  std::vector<std::string> exports; /**< that make one without arguments */
  std::vector<SeenTable> tables;
};

struct SeenManifest {
  std::string error; /**< why it cannot be read */
  std::string name, abi, fingerprint;
  std::vector<std::string> requirements;
};

struct Inspection {
  std::string name, version, language, abi;
  std::vector<SeenExport> exports;
  std::vector<SeenType> types;
  std::vector<std::string> extensions; /**< of the provider */
  std::optional<SeenManifest> manifest;
  std::string manifest_bytes; /**< verified ones only */
};

/** In the worker: looks at a library. Tells what it does in phases.
 * @param create whether it may make objects.
 * @throws LoadError */
Inspection inspect_library(const std::string &path, bool create,
                           Journal &journal);

/** Whether the file begins as the binary form of a manifest. */
bool is_manifest_file(const std::string &path);
/** What such a file says: nothing of it can do harm here. */
Inspection inspect_manifest(const std::string &path);

/** The contract as people are shown it. */
SeenManifest seen_manifest(const Contract &contract);

void write_inspection(const Inspection &seen, Journal &journal);

/** Reads what a worker wrote. Trusts no record. @return nothing if it did not
 * come to its end. */
std::optional<Inspection> read_inspection(const std::vector<Record> &records);

}  // namespace kit

#endif
