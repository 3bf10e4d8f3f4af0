# One room of the house is one static library: `ringside_room(domain_base
# SOURCES a.cpp DEPS x)` makes the target `ringside_domain_base`.
function(ringside_room name)
  cmake_parse_arguments(room "" "PCH" "SOURCES;DEPS" ${ARGN})
  set(target ringside_${name})
  if(room_SOURCES)
    add_library(${target} STATIC ${room_SOURCES})
    target_link_libraries(${target} PUBLIC ringside_flags ${room_DEPS})
    if(room_PCH)
      target_precompile_headers(${target} PRIVATE ${room_PCH})
    endif()
  else()
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE ringside_flags ${room_DEPS})
  endif()
endfunction()

# A test program with a ctest label (unit, actor, store, net, crash, lint).
# `ringside_test(rules LABEL unit SOURCES rules_test.cpp DEPS ...)`.
function(ringside_test name)
  cmake_parse_arguments(test "" "LABEL;TIMEOUT;PCH" "SOURCES;DEPS" ${ARGN})
  set(target test_${name})
  add_executable(${target} ${test_SOURCES})
  target_link_libraries(${target} PRIVATE ringside_flags ${test_DEPS}
    GTest::gtest GTest::gmock GTest::gtest_main)
  target_compile_definitions(${target} PRIVATE
    RINGSIDE_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    RINGSIDE_BINARY_DIR="${PROJECT_BINARY_DIR}")
  if(test_PCH)
    target_precompile_headers(${target} PRIVATE ${test_PCH})
  endif()
  if(NOT test_TIMEOUT)
    set(test_TIMEOUT 120)
  endif()
  add_test(NAME ${name} COMMAND ${target})
  set_tests_properties(${name} PROPERTIES
    LABELS "${test_LABEL}" TIMEOUT ${test_TIMEOUT})
endfunction()
