#pragma once

#include "net/asio.hpp"

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace ringside::net {

namespace http = beast::http;
using http_request = http::request<http::string_body>;

} // namespace ringside::net
