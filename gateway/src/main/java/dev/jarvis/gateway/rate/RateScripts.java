package dev.jarvis.gateway.rate;

import dev.jarvis.platform.redis.Script;

/**
 * What Redis does for rates. A subject has a hash: {@code r} and {@code t} are the requests and tokens of its last minute,
 * {@code s} the oldest second that may still count, {@code n} its latest moment, {@code g<second>} a granule as
 * {@code requests:tokens:latest}; and a sorted set of what runs, by when it stops counting unless it is renewed. Time is
 * Redis' own, so the clocks of the nodes do not matter. All keys share one hash tag: on a cluster they are in one slot, and
 * one script sees all limits of a request.
 *
 * <p>{@code epoch} changes when Redis has lost what it had: the nodes then tell it what they remember.
 */
final class RateScripts {
    /** Lets go of what is too old. A key of another type is somebody else's mistake: it goes. */
    private static final String COMMON = """
            local time = redis.call('TIME')
            local second = tonumber(time[1])
            local now = second * 1000 + math.floor(tonumber(time[2]) / 1000)

            local function whole(number)
                return string.format('%.0f', number)
            end

            local function granule(key, at)
                local text = redis.call('HGET', key, 'g' .. whole(at))
                if not text then
                    return nil
                end
                local r, t, l = string.match(text, '^(-?%d+):(-?%d+):(%d+)$')
                return tonumber(r), tonumber(t), tonumber(l)
            end

            local function minute(key)
                local h = redis.pcall('HMGET', key, 'r', 't', 's', 'n')
                local lost = h.err ~= nil
                if lost then
                    redis.call('DEL', key)
                    h = {false, false, false, false}
                end
                local m = {
                    key = key, r = tonumber(h[1] or 0), t = tonumber(h[2] or 0), s = tonumber(h[3] or second),
                    n = tonumber(h[4] or 0), lost = lost
                }
                local from = m.s
                while m.s < second do
                    local r, t, l = granule(key, m.s)
                    if r then
                        if l > now - 60000 then
                            break
                        end
                        m.r = m.r - r
                        m.t = m.t - t
                        redis.call('HDEL', key, 'g' .. whole(m.s))
                    end
                    m.s = m.s + 1
                end
                m.moved = m.s ~= from
                return m
            end

            local function keep(m)
                redis.call('HSET', m.key, 'r', whole(m.r), 't', whole(m.t), 's', whole(m.s), 'n', whole(m.n))
                redis.call('PEXPIRE', m.key, 62000)
            end

            local function add(m, at, requests, tokens, latest)
                local r, t, l = granule(m.key, at)
                if not r then
                    r, t, l = 0, 0, 0
                end
                redis.call('HSET', m.key, 'g' .. whole(at),
                    whole(r + requests) .. ':' .. whole(t + tokens) .. ':' .. whole(math.max(l, latest)))
                m.r = m.r + requests
                m.t = m.t + tokens
                m.s = math.min(m.s, at)
                m.n = math.max(m.n, latest)
            end
            """;

    private static final String EPOCH = """
            local epoch = redis.pcall('GET', KEYS[1])
            if type(epoch) == 'table' then
                redis.call('DEL', KEYS[1])
                epoch = false
            end
            if not epoch then
                epoch = ARGV[1]
                redis.call('SET', KEYS[1], epoch)
            end
            """;

    /**
     * Takes a request from all limits or from none. Keys: epoch, then the hash and the set of each limit. Arguments: a new
     * epoch, the request's id, its tokens, then requests, tokens and concurrency of each limit, -1 for none. Answers
     * {@code {granted, epoch, second, place of the worst, kind, wait}} and of each limit requests, tokens,
     * reset, and whether its key was of a wrong type.
     */
    static final Script RESERVE = Script.of(COMMON + """
            local id = ARGV[2]
            local tokens = tonumber(ARGV[3])
            local minutes = {}
            local worst, kind, wait = 0, 0, -1

            local function short(place, what, millis)
                if kind ~= 4 and (what == 4 or millis > wait) then
                    worst, kind, wait = place, what, millis
                end
            end

            local function waited(m, field, needed)
                local freed = 0
                for at = m.s, second do
                    local r, t, l = granule(m.key, at)
                    if r then
                        freed = freed + (field == 'r' and r or t)
                        if freed >= needed then
                            return math.max(1, l + 60000 - now)
                        end
                    end
                end
                return 60000
            end

            for place = 1, (#KEYS - 1) / 2 do
                local m = minute(KEYS[2 * place])
                minutes[place] = m
                local requests = tonumber(ARGV[3 * place + 1])
                local most = tonumber(ARGV[3 * place + 2])
                local concurrent = tonumber(ARGV[3 * place + 3])
                if most >= 0 and tokens > most then
                    short(place, 4, 0)
                elseif most >= 0 and m.t + tokens > most then
                    short(place, 2, waited(m, 't', m.t + tokens - most))
                end
                if requests >= 0 and m.r + 1 > requests then
                    short(place, 1, waited(m, 'r', m.r + 1 - requests))
                end
                if concurrent >= 0 then
                    local set = KEYS[2 * place + 1]
                    local running = redis.pcall('ZREMRANGEBYSCORE', set, '-inf', whole(now))
                    if type(running) == 'table' then
                        redis.call('DEL', set)
                    end
                    if redis.call('ZCARD', set) >= concurrent then
                        short(place, 3, 1000)
                    end
                end
            end
            """ + EPOCH + """
            local granted = worst == 0
            local answer = {granted and 1 or 0, epoch, second, worst, kind, wait}
            for place, m in ipairs(minutes) do
                if granted then
                    add(m, second, 1, tokens, now)
                    if tonumber(ARGV[3 * place + 3]) >= 0 then
                        redis.call('ZADD', KEYS[2 * place + 1], whole(now + 60000), id)
                        redis.call('PEXPIRE', KEYS[2 * place + 1], 120000)
                    end
                end
                if granted or m.moved then
                    keep(m)
                end
                answer[#answer + 1] = m.r
                answer[#answer + 1] = m.t
                answer[#answer + 1] = math.max(0, m.n + 60000 - now)
                answer[#answer + 1] = m.lost and 1 or 0
            end
            return answer
            """);

    /**
     * The end of a request. Keys: the hash and the set of each limit. Arguments: its id, the second it was counted in, and
     * how many tokens it took more than were set aside.
     */
    static final Script SETTLE = Script.of(COMMON + """
            local at = tonumber(ARGV[2])
            for place = 1, #KEYS / 2 do
                local key = KEYS[2 * place - 1]
                local more = tonumber(ARGV[3])
                if more ~= 0 and redis.call('TYPE', key).ok == 'hash' then
                    local r, t, l = granule(key, at)
                    if r then
                        more = math.max(-t, more)
                        redis.call('HSET', key, 'g' .. whole(at), whole(r) .. ':' .. whole(t + more) .. ':' .. whole(l))
                        redis.call('HINCRBY', key, 't', whole(more))
                    end
                end
                redis.pcall('ZREM', KEYS[2 * place], ARGV[1])
            end
            return {}
            """);

    /** What runs still runs. Keys: sets; arguments: one id for each. */
    static final Script RENEW = Script.of(COMMON + """
            for place, set in ipairs(KEYS) do
                redis.pcall('ZADD', set, whole(now + 60000), ARGV[place])
                redis.pcall('PEXPIRE', set, 120000)
            end
            return {}
            """);

    /**
     * What a node has counted by itself. Keys: epoch, then hashes; arguments: a new epoch, then age in milliseconds, requests
     * and tokens for each hash. Answers {@code {epoch}}. Without hashes it finds out whether Redis is
     * there, may write, and remembers.
     */
    static final Script TELL = Script.of(COMMON + """
            for place = 2, #KEYS do
                local latest = now - tonumber(ARGV[3 * place - 4])
                if latest > now - 60000 then
                    local m = minute(KEYS[place])
                    add(m, math.floor(latest / 1000), tonumber(ARGV[3 * place - 3]), tonumber(ARGV[3 * place - 2]), latest)
                    keep(m)
                end
            end
            """ + EPOCH + """
            redis.call('SET', KEYS[1], epoch)
            return {epoch}
            """);

    private RateScripts() {}
}
