#pragma once

#include "domain/audit/hex.hpp"
#include "domain/audit/merkle.hpp"
#include "domain/audit/signing_key.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

/// Known answers shared by the tests of this room.
namespace ringside::audit::vectors {

inline constexpr std::string_view origin = "ringside.example/audit/v1";

/// RFC 8032 section 7.1, tests 1 and 2.
inline constexpr std::string_view seed_1
  = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
inline constexpr std::string_view seed_2
  = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

inline constexpr std::string_view checkpoint_8
  = "ringside.example/audit/v1\n"
    "8\n"
    "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"
    "\n"
    "— ringside.example/audit/v1 4jK0+ImUcApJ/tR7Y4Ewuu4j4rh4U3ZQK1NcYOEHc2TC"
    "jr7N8C6QGQXmyJ0m3gdlATEuiZmPUjX9KXNyCzyHFR5bZA0=\n"
    "— witness.example/w1 BNLYMwAAAABkGFDLQvx5Jbt/zqcPZog+M1bLKMjEAljLGPw37/sI"
    "LbCHAeazvotPgz4Ijl7bRoTPX5G5509L2KfhrpzTEbFBe88kAQ==\n";

inline signing_key key_of(std::string_view name, std::string_view seed,
                          key_algorithm algorithm = key_algorithm::ed25519) {
  auto bytes = parse_hex(seed).value();
  return std::move(*signing_key::from_seed(name, algorithm, bytes));
}

inline hash hash_of(std::string_view hex) {
  return parse_hash_hex(hex).value();
}

inline std::vector<hash> hashes_of(std::vector<std::string_view> list) {
  std::vector<hash> hashes;
  for (auto hex : list)
    hashes.push_back(hash_of(hex));
  return hashes;
}

/// The eight leaves of the RFC 6962 test tree.
inline std::vector<hash> eight_leaves() {
  std::vector<hash> leaves;
  for (auto hex : {"", "00", "10", "2021", "3031", "40414243",
                   "5051525354555657", "606162636465666768696a6b6c6d6e6f"}) {
    auto bytes = parse_hex(hex).value();
    leaves.push_back(
      leaf_hash({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
  }
  return leaves;
}

/// Roots of the first 0 to 8 of these leaves.
inline std::vector<hash> eight_roots() {
  return hashes_of(
    {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
     "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
     "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
     "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
     "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
     "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
     "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
     "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
     "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"});
}

} // namespace ringside::audit::vectors
