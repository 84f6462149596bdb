// main PORT...: program i against port i. The first program comes with all the headers it needs.
#include "policy_0.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

struct Answer
{
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
};

Answer answerOf(int port)
{
    Answer answer;
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const std::string request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    std::string text;
    if (::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0 &&
        ::send(socket, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
        char buffer[4096];
        for (ssize_t size = 0; (size = ::recv(socket, buffer, sizeof buffer, 0)) > 0;)
            text.append(buffer, static_cast<std::size_t>(size));
    }
    ::close(socket);
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    if (line.size() > 12)
        answer.status = std::atoi(line.c_str() + 9);
    while (std::getline(lines, line) && line.size() > 1) {
        const auto colon = line.find(':');
        answer.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2, line.size() - colon - 3));
    }
    return answer;
}

template <typename Outcome, typename GaveUp, typename Retry>
void run(int index, int port, Retry retry)
{
    std::fprintf(stderr, "case %d\n", index);
    try {
        const Outcome outcome = retry([port](int, double) {
            const Answer answer = answerOf(port);
            return Outcome{answer.status, answer.status == 0 ? "closed" : "", answer.headers};
        });
        std::fprintf(stderr, "returned %d\n", outcome.status);
    } catch (const GaveUp &) {
        std::fprintf(stderr, "gave up\n");
    }
}

#define RUN(i)                                                                                                         \
    run<p##i::Outcome, p##i::GaveUp>(i, std::atoi(arguments[i + 1]), [](auto send) { return p##i::retry(send); })
