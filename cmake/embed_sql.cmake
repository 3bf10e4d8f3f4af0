# Turns the numbered migrations of one engine (NNNN_name.sql) into a C++ source
# that defines `std::span<const migration> ringside::persistence::<symbol>()`,
# each with its SHA-256. A changed file triggers a new configure.
# Sets `out` to the path of the generated source.
function(ringside_embed_sql dir symbol out)
  file(GLOB files CONFIGURE_DEPENDS ${dir}/[0-9][0-9][0-9][0-9]_*.sql)
  list(SORT files)
  if(NOT files)
    message(FATAL_ERROR "no migrations in ${dir}")
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  set(expected 1)
  set(rows "")
  foreach(file ${files})
    get_filename_component(stem ${file} NAME_WE)
    string(SUBSTRING ${stem} 0 4 number)
    string(SUBSTRING ${stem} 5 -1 name)
    string(REGEX REPLACE "^0+" "" number "${number}")
    if(NOT number EQUAL expected)
      message(FATAL_ERROR "${file}: migration ${expected} expected here")
    endif()
    math(EXPR expected "${expected} + 1")
    file(READ ${file} sql)
    file(SHA256 ${file} sum)
    string(APPEND rows
      "  {${number}, \"${name}\",\n   \"${sum}\",\n   R\"sql(${sql})sql\"},\n")
  endforeach()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
  set(text "// Generated from the .sql files of schemas/sql; do not edit.
#include \"persistence/migration.hpp\"

namespace ringside::persistence {

namespace {

constexpr migration list[] = {
${rows}};

} // namespace

std::span<const migration> ${symbol}() {
  return list;
}

} // namespace ringside::persistence
")
  set(old "")
  if(EXISTS ${source})
    file(READ ${source} old)
  endif()
  if(NOT old STREQUAL text)
    file(WRITE ${source} "${text}")
  endif()
  set(${out} ${source} PARENT_SCOPE)
endfunction()
