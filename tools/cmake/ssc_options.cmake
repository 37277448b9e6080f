# Flags that every target of this project gets. Third-party headers are system headers and stay outside the warnings.
add_library(ssc_options INTERFACE)
target_compile_options(ssc_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # At -O2, g++ 12 raises false alarms of these four on std::string + and vector::insert (GCC bugs 105651, 105329, 107852). Clang and
  # the sanitizers watch the same ground.
  target_compile_options(ssc_options INTERFACE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
endif()
target_include_directories(ssc_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(ssc_options INTERFACE BOOST_ASIO_DISABLE_CO_AWAIT)

if(SSC_SANITIZE)
  target_compile_options(ssc_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_definitions(ssc_options INTERFACE _GLIBCXX_ASSERTIONS)
  target_link_options(ssc_options INTERFACE -fsanitize=address,undefined)
endif()
# ssc_quick(<target>): tests and subcommands are compiled for longer than they run; what they call is optimised, they are not. A third
# of a build's time.
function(ssc_quick target)
  target_compile_options(${target} PRIVATE -O0)
endfunction()
if(SSC_FUZZ)
  target_compile_options(ssc_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# The settings let ccache serve what uses a precompiled header.
find_program(SSC_CCACHE ccache)
if(SSC_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${SSC_CCACHE})
endif()
if(SSC_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-fpch-preprocess)
endif()
