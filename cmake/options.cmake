# Build options, warnings and hardening shared by every target of ours.
option(RINGSIDE_TESTS "Build the tests" ON)
option(RINGSIDE_BENCH "Build the benchmarks" ON)
option(RINGSIDE_SANITIZE "AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(RINGSIDE_COVERAGE "gcov instrumentation" OFF)
option(RINGSIDE_UNITY "Compile several files of a target at once" ON)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# All of it goes into programs: code that nobody can interpose may be inlined,
# and libraries and programs can share precompiled headers.
set(CMAKE_CXX_COMPILE_OPTIONS_PIC -fPIE)

find_program(CCACHE ccache)
if(CCACHE)
  # Without both, nothing that uses a precompiled header is ever found again.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  add_compile_options(-fpch-preprocess)
endif()

# GCC collects its garbage early, so that it runs on small machines: that is a
# tenth of its time and more. Two compilers need less than 5 GB without.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  add_compile_options(--param=ggc-min-heapsize=1000000)
endif()

# A hundred programs are linked: lld takes a quarter of the time of ld.
find_program(LLD ld.lld)
if(LLD)
  add_link_options(-fuse-ld=lld)
endif()

add_library(ringside_flags INTERFACE)
target_compile_options(ringside_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Werror
  -fstack-protector-strong -fno-omit-frame-pointer)
# Hardening: position-independent program, no writable jump tables, no jumps
# over the guard page, no return into the middle of a function.
include(CheckPIESupported)
check_pie_supported()
target_compile_options(ringside_flags INTERFACE -fstack-clash-protection)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(ringside_flags INTERFACE -fcf-protection)
endif()
target_link_options(ringside_flags INTERFACE -Wl,-z,relro,-z,now)
# GCC 12 finds overlapping copies in every inlined std::string assignment
# (GCC bug 105651); later versions do not.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU
    AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(ringside_flags INTERFACE -Wno-restrict)
endif()
target_include_directories(ringside_flags INTERFACE ${PROJECT_SOURCE_DIR})
# Of files that are compiled together GCC thinks that each is a header, where a
# class must have no base from an unnamed namespace.
if(RINGSIDE_UNITY AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  target_compile_options(ringside_flags INTERFACE -Wno-subobject-linkage)
endif()

if(RINGSIDE_SANITIZE)
  # What the optimiser thinks of instrumented code is often wrong; the release
  # build has the same warnings as errors.
  target_compile_options(ringside_flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -Wno-error)
  target_link_options(ringside_flags INTERFACE -fsanitize=address,undefined)
else()
  # Sanitizers bring their own checks; everywhere else these stay on.
  target_compile_definitions(ringside_flags INTERFACE _GLIBCXX_ASSERTIONS)
  # The fortified library needs an optimising build.
  target_compile_options(ringside_flags INTERFACE
    "$<$<CONFIG:Release>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=3>")
endif()
if(RINGSIDE_COVERAGE)
  target_compile_options(ringside_flags INTERFACE --coverage)
  target_link_options(ringside_flags INTERFACE --coverage)
endif()

# Tests are compiled often and run once; what they test is optimised in full.
add_library(ringside_test_flags INTERFACE)
if(NOT RINGSIDE_SANITIZE AND NOT RINGSIDE_COVERAGE)
  target_compile_options(ringside_test_flags INTERFACE -Og)
endif()
