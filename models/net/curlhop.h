// One request and its answer through libcurl.
#pragma once

#include "models/http/curlanswer.h"
#include "models/net/curlmulti.h"
#include "models/net/curlrequest.h"
#include "models/net/hop.h"

#include <curl/curl.h>

#include <array>
#include <memory>

namespace errata {

class CurlHop final : public Hop, private CurlListener
{
    Q_OBJECT

public:
    struct Plan
    {
        HttpRequest request;
        CurlRequest wire;
        QByteArray proxy; ///< empty: a direct connection
    };

    CurlHop(std::shared_ptr<CurlMulti> multi, Plan plan, const SendOptions &options, const QElapsedTimer &sinceStart);
    ~CurlHop() override;

    [[nodiscard]] std::optional<HttpResponse> response() const override { return m_answer.response(); }
    [[nodiscard]] QByteArray bodyFrom(qint64 offset) const override { return m_answer.bodyFrom(offset); }
    [[nodiscard]] NetworkFailure failure() const override { return m_failure; }
    void report(SendResult &result) const override;

private:
    void prepare(const SendOptions &options);
    void prepareRequest();
    void prepareConnection(const SendOptions &options);
    void ended(CURLcode code) override;
    void settle(const NetworkFailure &failure);
    void reportProgress();
    void noteSent(qsizetype size);

    // What libcurl calls; the last argument is this.
    static size_t readBody(char *buffer, size_t size, size_t count, void *self);
    static size_t takeHeadLine(char *line, size_t size, size_t count, void *self);
    static size_t takeBody(char *bytes, size_t size, size_t count, void *self);
    static int listen(CURL *transfer, curl_infotype type, char *bytes, size_t size, void *self);
    static int allowRequest(void *self, char *remoteIp, char *localIp, int remotePort, int localPort);

    [[nodiscard]] NetworkFailure failureAfter(CURLcode code) const;
    [[nodiscard]] Timings timings() const;
    [[nodiscard]] std::optional<double> phase(CURLINFO info) const;
    [[nodiscard]] QString address(CURLINFO ip, CURLINFO port) const;
    [[nodiscard]] long number(CURLINFO info) const;
    [[nodiscard]] bool isReused() const;
    [[nodiscard]] bool isEncrypted() const { return m_plan.wire.origin.startsWith("https"); }
    [[nodiscard]] std::optional<TlsDetails> tls() const;
    [[nodiscard]] double elapsedMs() const { return static_cast<double>(m_sinceStart.nsecsElapsed()) / 1e6; }

    struct CleanEasy
    {
        void operator()(CURL *transfer) const { curl_easy_cleanup(transfer); }
    };
    struct CleanList
    {
        void operator()(curl_slist *list) const { curl_slist_free_all(list); }
    };

    const std::shared_ptr<CurlMulti> m_multi;
    const Plan m_plan;
    const QElapsedTimer m_sinceStart;
    const double m_beginMs;
    CurlAnswer m_answer;
    std::array<char, CURL_ERROR_SIZE> m_words{};
    std::unique_ptr<curl_slist, CleanList> m_fields;
    NetworkFailure m_failure;
    QByteArray m_sentHead;
    std::optional<double> m_sentMs;
    std::optional<TlsDetails> m_tls;
    qint64 m_sentBytes = 0;
    qsizetype m_uploaded = 0;
    int m_allowed = 0; ///< how often libcurl was about to send
    bool m_progressDue = false;
    bool m_settled = false;                      ///< done() has been emitted
    std::unique_ptr<CURL, CleanEasy> m_transfer; // goes first: it points to the rest
};

} // namespace errata
