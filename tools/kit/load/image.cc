// SPDX-License-Identifier: MIT
#include "image.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "library.h"

namespace kit {
namespace {

/** A file's bytes, mapped; every read is checked against its size. */
class Bytes {
 public:
  explicit Bytes(const std::string &path) {
    int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat found{};
    if (file < 0 || fstat(file, &found) != 0) {
      int reason = errno;
      if (file >= 0) close(file);
      throw LoadError{path + ": " + std::strerror(reason) +
                      "; give the path of a shared library"};
    }
    if (S_ISREG(found.st_mode) && found.st_size > 0) {
      size_ = static_cast<size_t>(found.st_size);
      void *at = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file, 0);
      if (at != MAP_FAILED) data_ = static_cast<const char *>(at);
    }
    close(file);
    if (S_ISDIR(found.st_mode))
      throw LoadError{path + " is a directory; give the shared library in it"};
    if (!data_)
      throw LoadError{path + " is empty or no file; give a shared library"};
  }
  ~Bytes() { munmap(const_cast<char *>(data_), size_); }
  Bytes(const Bytes &) = delete;
  Bytes &operator=(const Bytes &) = delete;

  size_t size() const { return size_; }
  bool has(uint64_t at, uint64_t size) const {
    return at <= size_ && size <= size_ - at;
  }
  bool begins_with(const std::string &magic) const {
    return has(0, magic.size()) &&
           std::memcmp(data_, magic.data(), magic.size()) == 0;
  }
  template <typename Read>
  bool read(uint64_t at, Read *into) const {
    if (!has(at, sizeof *into)) return false;
    std::memcpy(into, data_ + at, sizeof *into);
    return true;
  }
  /** The terminated text at `at`; empty if it does not end before `limit`. */
  std::string text(uint64_t at, uint64_t limit) const {
    if (limit > size_ || at >= limit) return "";
    const char *from = data_ + at;
    size_t most = limit - at, length = strnlen(from, most);
    return length < most ? std::string(from, length) : "";
  }

 private:
  const char *data_ = nullptr;
  size_t size_ = 0;
};

/** What else people give, by its first bytes. */
const char *foreign_kind(const Bytes &bytes) {
  static const struct {
    std::string magic;
    const char *kind;
  } kinds[] = {
      {"!<arch>\n", "a static archive"},
      {"\xfe\xed\xfa\xce", "a Mach-O file"},
      {"\xfe\xed\xfa\xcf", "a Mach-O file"},
      {"\xce\xfa\xed\xfe", "a Mach-O file"},
      {"\xcf\xfa\xed\xfe", "a Mach-O file"},
      {"\xca\xfe\xba\xbe", "a Mach-O file for several machines"},
      {"MZ", "a Windows (PE) file"},
      {std::string("\0asm", 4), "a WebAssembly module"},
      {"#!", "a script"},
  };
  for (const auto &known : kinds)
    if (bytes.begins_with(known.magic)) return known.kind;
  return nullptr;
}

std::string machine_name(unsigned machine) {
  switch (machine) {
    case EM_386:
      return "i386";
    case EM_X86_64:
      return "x86-64";
    case EM_ARM:
      return "arm";
    case EM_AARCH64:
      return "aarch64";
    case EM_PPC64:
      return "ppc64";
    case EM_S390:
      return "s390";
    case 243:
      return "riscv";
    default:
      return "machine " + std::to_string(machine);
  }
}

std::string platform_name(const ElfW(Ehdr) & header) {
  return machine_name(header.e_machine) +
         (header.e_ident[EI_CLASS] == ELFCLASS64 ? ", 64 bits" : ", 32 bits") +
         (header.e_ident[EI_DATA] == ELFDATA2LSB ? "" : ", big-endian");
}

bool same_platform(const ElfW(Ehdr) & one, const ElfW(Ehdr) & other) {
  return one.e_ident[EI_CLASS] == other.e_ident[EI_CLASS] &&
         one.e_ident[EI_DATA] == other.e_ident[EI_DATA] &&
         one.e_machine == other.e_machine;
}

ElfW(Ehdr) own_header() {
  ElfW(Ehdr) header{};
  Bytes("/proc/self/exe").read(0, &header);
  return header;
}

/** A position-independent program has the type of a shared library. */
bool is_program(const Bytes &bytes, const ElfW(Phdr) & dynamic) {
  for (uint64_t at = 0; at < dynamic.p_filesz; at += sizeof(ElfW(Dyn))) {
    ElfW(Dyn) entry{};
    if (!bytes.read(dynamic.p_offset + at, &entry)) return false;
    if (entry.d_tag == DT_NULL) return false;
    if (entry.d_tag == DT_FLAGS_1) return entry.d_un.d_val & DF_1_PIE;
  }
  return false;
}

void check_segments(const std::string &path, const Bytes &bytes,
                    const ElfW(Ehdr) & header) {
  bool has_dynamic = false;
  for (unsigned i = 0; i < header.e_phnum; i++) {
    ElfW(Phdr) segment{};
    if (!bytes.read(header.e_phoff + uint64_t{i} * header.e_phentsize,
                    &segment) ||
        !bytes.has(segment.p_offset, segment.p_filesz))
      throw LoadError{path + " is truncated: it has " +
                      std::to_string(bytes.size()) +
                      " bytes, and needs more; build or copy it again"};
    if (segment.p_type != PT_DYNAMIC) continue;
    has_dynamic = true;
    if (is_program(bytes, segment))
      throw LoadError{path + " is a program; give a shared library"};
  }
  if (!has_dynamic)
    throw LoadError{path + " is no shared library; link it with -shared"};
}

Image read_symbols(const Bytes &bytes, const ElfW(Ehdr) & header) {
  Image image;
  for (unsigned i = 0; i < header.e_shnum; i++) {
    ElfW(Shdr) table{}, names{};
    auto section = [&](uint64_t index) {
      return header.e_shoff + index * header.e_shentsize;
    };
    if (!bytes.read(section(i), &table) || table.sh_type != SHT_DYNSYM ||
        !bytes.read(section(table.sh_link), &names) ||
        !bytes.has(names.sh_offset, names.sh_size))
      continue;
    image.has_symbols = true;
    for (uint64_t at = 0; at < table.sh_size; at += sizeof(ElfW(Sym))) {
      ElfW(Sym) symbol{};
      if (!bytes.read(table.sh_offset + at, &symbol)) break;
      if (symbol.st_shndx == SHN_UNDEF) continue;
      std::string name = bytes.text(names.sh_offset + symbol.st_name,
                                    names.sh_offset + names.sh_size);
      if (!name.empty()) image.symbols.push_back(name);
    }
  }
  std::sort(image.symbols.begin(), image.symbols.end());
  return image;
}

}  // namespace

Image read_image(const std::string &path) {
  const Bytes bytes(path);
  const std::string wish = "; give a shared library of this machine";
  if (!bytes.begins_with(ELFMAG)) {
    const char *kind = foreign_kind(bytes);
    throw LoadError{path + " is " + (kind ? kind : "no shared library") + wish};
  }
  ElfW(Ehdr) header{};
  if (!bytes.read(0, &header))
    throw LoadError{path + " is truncated; build or copy it again"};
  const ElfW(Ehdr) own = own_header();
  if (!same_platform(header, own))
    throw LoadError{path + " is for another machine (" + platform_name(header) +
                    "), this one is " + platform_name(own) +
                    "; build it for this machine"};
  if (header.e_type == ET_REL)
    throw LoadError{path + " is an object file; link it with -shared"};
  if (header.e_type != ET_DYN)
    throw LoadError{path + " is no shared library, but a program or a dump" +
                    wish};
  check_segments(path, bytes, header);
  return read_symbols(bytes, header);
}

}  // namespace kit
