#pragma once

#include "app/node/node.hpp"
#include "app/officials/place.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace ringside::test {

/// A directory that goes away with the test.
class temporary_directory {
public:
  temporary_directory() {
    auto pattern
      = (std::filesystem::temp_directory_path() / "ringside-test-XXXXXX")
          .string();
    if (::mkdtemp(pattern.data()) != nullptr)
      path_ = pattern;
  }

  ~temporary_directory() {
    std::error_code ignored;
    if (!path_.empty())
      std::filesystem::remove_all(path_, ignored);
  }

  temporary_directory(const temporary_directory&) = delete;
  temporary_directory& operator=(const temporary_directory&) = delete;

  const std::filesystem::path& path() const noexcept {
    return path_;
  }

private:
  std::filesystem::path path_;
};

/// A real node on a free port with a fresh data directory.
class live_node {
public:
  explicit live_node(const std::function<void(config::node_config&)>& change
                     = {}) {
    config_.data = directory_.path() / "node";
    config_.port = 0;
    if (change)
      change(config_);
    start();
  }

  /// Stops the node and starts another one on the same data.
  void restart() {
    node_.reset();
    start();
  }

  node& operator*() {
    return *node_;
  }

  node* operator->() {
    return node_.get();
  }

  officials::place place() const {
    officials::place where;
    where.port = node_->port();
    return where;
  }

private:
  void start() {
    auto started = node::start(config_, {});
    EXPECT_TRUE(started) << started.reason().detail;
    if (started)
      node_ = std::move(*started);
  }

  temporary_directory directory_;
  config::node_config config_ = config::default_node_config();
  std::unique_ptr<node> node_;
};

} // namespace ringside::test
