package io.webchat.redis.internal.client.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.redis.internal.client.cluster.Redirect.Kind;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/** Error replies of a cluster become redirects. */
class RedirectTest {
    private static final HostAndPort FROM = new HostAndPort("10.0.0.1", 6379);

    private static Redirect moved(String host) {
        return new Redirect(Kind.MOVED, new HostAndPort(host, 7000));
    }

    @Test
    void movedNamesTheOwner() {
        HostAndPort told = new HostAndPort("10.0.0.2", 7000);
        assertThat(Redirect.in(new JedisMovedDataException("MOVED 1 10.0.0.2:7000", told, 1), FROM))
                .isEqualTo(moved("10.0.0.2"));
        assertThat(Redirect.in(new JedisAskDataException("ASK 1 10.0.0.2:7000", told, 1), FROM))
                .isEqualTo(new Redirect(Kind.ASK, told));
    }

    @Test
    void aRedirectWithoutHostMeansTheAskedHost() {
        for (String host : new String[] {"", "?"}) {
            HostAndPort told = new HostAndPort(host, 7000);
            assertThat(Redirect.in(new JedisMovedDataException("MOVED 1 " + told, told, 1), FROM))
                    .isEqualTo(moved("10.0.0.1"));
        }
    }

    @Test
    void temporaryRefusalsAreRedirects() {
        assertThat(Redirect.in(new JedisDataException("TRYAGAIN Multiple keys"), FROM))
                .isEqualTo(new Redirect(Kind.TRY_AGAIN, null));
        assertThat(Redirect.in(new JedisDataException("CLUSTERDOWN The cluster is down"), FROM))
                .isEqualTo(new Redirect(Kind.DOWN, null));
    }

    @Test
    void otherErrorRepliesAreNoRedirects() {
        assertThat(Redirect.in(new JedisDataException("WRONGTYPE Operation"), FROM))
                .isNull();
        assertThat(Redirect.in(1L, FROM)).isNull();
        assertThat(Redirect.in(null, FROM)).isNull();
    }
}
