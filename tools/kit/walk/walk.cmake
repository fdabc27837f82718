# SPDX-License-Identifier: MIT
#
# The nodes of a walk that are the kit's own run on libbaton, as those of
# baton-walk do.

target_sources(baton_kit PRIVATE
  ${PROJECT_SOURCE_DIR}/tests/walks/walker.c
  ${PROJECT_SOURCE_DIR}/tests/walks/walker_body.c
  ${PROJECT_SOURCE_DIR}/tests/walks/walker_script.c
  ${PROJECT_SOURCE_DIR}/tests/walks/walker_trace.c)
target_include_directories(baton_kit PRIVATE ${PROJECT_SOURCE_DIR})

# Its blocks are counted, on whichever thread they are freed; so none is kept.
baton_add_library(baton_counted STATIC)
target_compile_definitions(baton_counted PRIVATE BATON_NO_FREELIST)
target_link_libraries(baton_kit PUBLIC baton_counted)
