# ssc_add_library(<name> SOURCES <dir>... [EXCLUDE <regex>] [PUBLIC <lib>...] [PRIVATE <lib>...])
# A static library of every .cc file below the named folders (relative to the calling CMakeLists.txt).
function(ssc_add_library name)
  cmake_parse_arguments(ARG "" "EXCLUDE" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  set(files)
  foreach(dir IN LISTS ARG_SOURCES)
    file(REAL_PATH ${dir} folder BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${folder}/*.cc)
    list(APPEND files ${found})
  endforeach()
  if(ARG_EXCLUDE)
    list(FILTER files EXCLUDE REGEX ${ARG_EXCLUDE})
  endif()
  add_library(${name} STATIC ${files})
  target_link_libraries(${name} PUBLIC ssc_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  if(SSC_PCH)  # half the time of most files is these
    target_precompile_headers(${name} PRIVATE
      <algorithm> <array> <map> <memory> <optional> <span> <string> <string_view> <vector> <fmt/format.h> <tl/expected.hpp>)
  endif()
endfunction()

# ssc_add_tests(<name> DIR <dir> LIBS <lib>...)
# One GoogleTest executable of every *_test.cc below a folder of tests/; each test is known to ctest by its own name. Under the
# sanitizers, where a process is slow to start, each executable is one test.
function(ssc_add_tests name)
  cmake_parse_arguments(ARG "" "DIR;TIMEOUT" "LIBS" ${ARGN})
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${ARG_DIR}/*_test.cc)
  if(NOT files)
    return()
  endif()
  add_executable(${name} ${files})
  target_link_libraries(${name} PRIVATE ssc_options test_paths ${ARG_LIBS} GTest::gmock GTest::gtest_main)
  ssc_quick(${name})
  if(SSC_PCH)
    target_precompile_headers(${name} PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  if(SSC_SANITIZE)
    add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
    set_tests_properties(${name} PROPERTIES TIMEOUT 1500)
    return()
  endif()
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT ${ARG_TIMEOUT})
endfunction()

# ssc_embed(<target> <symbol> <base dir> <file>...)
# Compiles the files into the target as one constexpr table <symbol>[] of {path relative to base, text}; see tools/cmake/embed.cmake.
function(ssc_embed target symbol base)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.cc)
  string(REPLACE ";" "|" joined "${ARGN}")
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DSYMBOL=${symbol} -DBASE=${base} "-DFILES=${joined}"
            -P ${PROJECT_SOURCE_DIR}/tools/cmake/embed.cmake
    DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/tools/cmake/embed.cmake
    VERBATIM)
  set_source_files_properties(${out} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${out})
endfunction()
