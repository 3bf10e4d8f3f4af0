# Reading a precompiled header and instantiating the templates of the libraries
# costs more than compiling our own code. So the files of a target are compiled
# eight at once, and two of them cannot have the same name in their unnamed
# namespaces.
function(ringside_compile_together target)
  set_target_properties(${target} PROPERTIES
    UNITY_BUILD ${RINGSIDE_UNITY} UNITY_BUILD_BATCH_SIZE 8)
endfunction()

# ringside_use_pch(TARGET KIND): the precompiled header of that name in
# cmake/pch. Both have to be compiled alike, so the kinds of tests bring the
# flags of tests with them.
function(ringside_use_pch target kind)
  target_precompile_headers(${target} REUSE_FROM ringside_pch_${kind})
  if(kind MATCHES "test$")
    target_link_libraries(${target} PRIVATE ringside_test_flags)
  endif()
endfunction()

# One room of the house is one static library: `ringside_room(domain_base
# SOURCES a.cpp DEPS x)` makes the target `ringside_domain_base`. PCH: std
# unless said otherwise.
function(ringside_room name)
  cmake_parse_arguments(room "" "PCH" "SOURCES;DEPS" ${ARGN})
  set(target ringside_${name})
  if(room_SOURCES)
    add_library(${target} STATIC ${room_SOURCES})
    target_link_libraries(${target} PUBLIC ringside_flags ${room_DEPS})
    if(NOT room_PCH)
      set(room_PCH std)
    endif()
    ringside_use_pch(${target} ${room_PCH})
    ringside_compile_together(${target})
  else()
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE ringside_flags ${room_DEPS})
  endif()
endfunction()

# Every test has one label; the target `tests_<label>` builds what the tests of
# that label need.
set(RINGSIDE_LABELS unit actor store net crash sim lint)
if(RINGSIDE_TESTS)
  foreach(label ${RINGSIDE_LABELS})
    add_custom_target(tests_${label})
  endforeach()
endif()

# One entry of a test program for CTest.
function(ringside_test_entry name target filter)
  add_test(NAME ${name} COMMAND ${target} --gtest_filter=${filter})
  set_tests_properties(${name} PROPERTIES
    LABELS "${test_LABEL}" TIMEOUT ${test_TIMEOUT})
  # Tests with real deadlines, sockets and processes get the machine alone.
  if(test_LABEL MATCHES "^(net|crash)$")
    set_tests_properties(${name} PROPERTIES RUN_SERIAL TRUE)
  endif()
endfunction()

# A test program with one of the labels above.
# `ringside_test(rules LABEL unit SOURCES rules_test.cpp DEPS ...)`. PCH: test
# unless said otherwise. SUITES are entries of their own, so that one can be
# run alone; the entry `<name>` is what is left.
function(ringside_test name)
  cmake_parse_arguments(test "" "LABEL;TIMEOUT;PCH" "SOURCES;DEPS;SUITES"
    ${ARGN})
  set(target test_${name})
  if(NOT test_LABEL IN_LIST RINGSIDE_LABELS)
    message(FATAL_ERROR "test ${name}: LABEL must be one of ${RINGSIDE_LABELS}")
  endif()
  add_executable(${target} ${test_SOURCES})
  target_link_libraries(${target} PRIVATE ringside_flags ${test_DEPS}
    GTest::gtest GTest::gmock GTest::gtest_main)
  target_compile_definitions(${target} PRIVATE
    RINGSIDE_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    RINGSIDE_BINARY_DIR="${PROJECT_BINARY_DIR}")
  if(NOT test_PCH)
    set(test_PCH test)
  endif()
  ringside_use_pch(${target} ${test_PCH})
  ringside_compile_together(${target})
  if(NOT test_TIMEOUT)
    set(test_TIMEOUT 120)
  endif()
  # Sanitizers cost ten times as much.
  if(RINGSIDE_SANITIZE)
    math(EXPR test_TIMEOUT "${test_TIMEOUT} * 10")
  endif()
  add_dependencies(tests_${test_LABEL} ${target})
  set(others)
  foreach(suite ${test_SUITES})
    string(REGEX REPLACE "_test$" "" short ${suite})
    set(filter "${suite}.*:*/${suite}.*")
    ringside_test_entry(${name}_${short} ${target} "${filter}")
    list(APPEND others ${filter})
  endforeach()
  list(JOIN others ":" others)
  ringside_test_entry(${name} ${target} "*-${others}")
endfunction()
