package io.webchat.examples.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokensTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER_KEY = "another key of thirty-two bytes!".getBytes(StandardCharsets.UTF_8);

    private static Tokens tokensAt(Instant time) {
        return new Tokens(KEY, Duration.ofHours(1), Clock.fixed(time, ZoneOffset.UTC));
    }

    private static UserId check(Tokens tokens, String token) throws ExecutionException, InterruptedException {
        return tokens.authenticate(token).toCompletableFuture().get().user();
    }

    @Test
    void aTokenThatWasIssuedTellsItsUserUntilItExpires() throws Exception {
        Tokens.Issued issued = tokensAt(NOW).issue(UserId.of("5551"));

        assertThat(tokensAt(NOW).isLocal())
                .as("wrong tokens of others keep no good one out")
                .isTrue();
        assertThat(check(tokensAt(NOW), issued.token())).isEqualTo(UserId.of("5551"));
        assertThat(check(tokensAt(NOW.plusSeconds(3599)), issued.token())).isEqualTo(UserId.of("5551"));
        assertThat(issued.expiresAt()).isEqualTo(NOW.plusSeconds(3600));
    }

    @Test
    void G16_aTokenCarriesItsExpiryAndIsRenewedForThirtyDays() throws Exception {
        Tokens.Issued first = tokensAt(NOW).issue(UserId.of("5551"));
        assertThat(tokensAt(NOW)
                        .authenticate(first.token())
                        .toCompletableFuture()
                        .get()
                        .expiresAt())
                .isEqualTo(first.expiresAt());
        Tokens.Issued second = tokensAt(NOW.plusSeconds(3000))
                .renew(first.token(), TokensTest::neverChanged)
                .toCompletableFuture()
                .get();

        assertThat(second.expiresAt()).isEqualTo(NOW.plusSeconds(6600));
        assertThat(check(tokensAt(NOW.plusSeconds(6500)), second.token())).isEqualTo(UserId.of("5551"));
        assertThat(tokensAt(NOW.plusSeconds(3600)).renew(first.token(), TokensTest::neverChanged))
                .as("an expired one")
                .isCompletedExceptionally();
        String foreign = signed(claims().build(), JWSAlgorithm.HS256, KEY);
        assertThat(tokensAt(NOW).renew(foreign, TokensTest::neverChanged))
                .as("one of another issuer")
                .isCompletedExceptionally();
    }

    private static CompletionStage<Instant> neverChanged(UserId user) {
        return CompletableFuture.completedStage(Instant.EPOCH);
    }

    @Test
    void aTokenFromBeforeAChangeOfThePasswordIsNotRenewed() throws Exception {
        String token = tokensAt(NOW).issue(UserId.of("5551")).token();
        Tokens later = tokensAt(NOW.plusSeconds(60));

        assertThat(later.renew(token, user -> CompletableFuture.completedStage(NOW)))
                .as("changed in the same second, by whoever got the token")
                .isCompleted();
        assertThat(later.renew(token, user -> CompletableFuture.completedStage(NOW.plusSeconds(1))))
                .isCompletedExceptionally();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder().subject("5551").expirationTime(Date.from(NOW.plusSeconds(60)));
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, byte[] key) throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims);
        token.sign(new MACSigner(key));
        return token.serialize();
    }

    private static String withSubject(String token, String subject) {
        String[] parts = token.split("\\.", -1);
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String changed = payload.replace("5551", subject);
        return parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(StandardCharsets.UTF_8))
                + "." + parts[2];
    }

    static Stream<Arguments> attacks() throws JOSEException {
        byte[] longKey = new String(KEY, StandardCharsets.UTF_8).repeat(2).getBytes(StandardCharsets.UTF_8);
        JWSAlgorithm hs256 = JWSAlgorithm.HS256;
        return Stream.of(
                Arguments.of("alg none", new PlainJWT(claims().build()).serialize()),
                Arguments.of("another key", signed(claims().build(), hs256, OTHER_KEY)),
                Arguments.of("another algorithm", signed(claims().build(), JWSAlgorithm.HS512, longKey)),
                Arguments.of("another subject", withSubject(signed(claims().build(), hs256, KEY), "5552")),
                Arguments.of(
                        "expired",
                        signed(claims().expirationTime(Date.from(NOW)).build(), hs256, KEY)),
                Arguments.of(
                        "not yet valid",
                        signed(
                                claims().notBeforeTime(Date.from(NOW.plusSeconds(30)))
                                        .build(),
                                hs256,
                                KEY)),
                Arguments.of(
                        "no exp",
                        signed(new JWTClaimsSet.Builder().subject("5551").build(), hs256, KEY)),
                Arguments.of(
                        "no sub",
                        signed(
                                new JWTClaimsSet.Builder()
                                        .expirationTime(Date.from(NOW.plusSeconds(60)))
                                        .build(),
                                hs256,
                                KEY)),
                Arguments.of(
                        "a subject that is no user id",
                        signed(claims().subject("a b").build(), hs256, KEY)),
                Arguments.of("nothing", ""),
                Arguments.of("no token at all", "5551"));
    }

    /** Signed with our key whatever the header says: what is refused is the header, or how the claims are written. */
    private static String written(String header, String payload) throws Exception {
        String content = encoded(header) + "." + encoded(payload);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> confusions() throws Exception {
        String claims = claims().build().toString();
        String own = "{\"alg\":\"HS256\"}";
        RSAKey rsa = new RSAKeyGenerator(2048).generate();
        SignedJWT signedByRsa = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(rsa.toPublicJWK()).build(), claims().build());
        signedByRsa.sign(new RSASSASigner(rsa));
        EncryptedJWT encrypted =
                new EncryptedJWT(new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A128CBC_HS256), claims().build());
        encrypted.encrypt(new DirectEncrypter(KEY));
        String deep = "[".repeat(50_000) + "]".repeat(50_000);
        return Stream.of(
                Arguments.of("alg none with a signature", written("{\"alg\":\"none\"}", claims)),
                Arguments.of("alg nOnE", written("{\"alg\":\"nOnE\"}", claims)),
                Arguments.of("alg RS256 over our HMAC", written("{\"alg\":\"RS256\"}", claims)),
                Arguments.of("RS256 with the key inside", signedByRsa.serialize()),
                Arguments.of("encrypted with our key", encrypted.serialize()),
                Arguments.of("no alg", written("{}", claims)),
                Arguments.of("two algs", written("{\"alg\":\"none\",\"alg\":\"HS256\"}", claims)),
                Arguments.of("critical", written("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}", claims)),
                Arguments.of("a deep header", written("{\"alg\":\"HS256\",\"x\":" + deep + "}", claims)),
                Arguments.of("two subjects", written(own, claims.replaceFirst("\\{", "{\"sub\":\"5552\","))),
                Arguments.of("two times", written(own, claims.replaceFirst("\\{", "{\"exp\":1,"))),
                Arguments.of("a subject of another type", written(own, "{\"sub\":[\"5551\"],\"exp\":9999999999}")),
                Arguments.of("a time of another type", written(own, "{\"sub\":\"5551\",\"exp\":\"never\"}")),
                Arguments.of("deep claims", written(own, "{\"sub\":\"5551\",\"exp\":9999999999,\"x\":" + deep + "}")),
                Arguments.of("no object", written(own, "5551")),
                Arguments.of("a megabyte", "a".repeat(1 << 20)),
                Arguments.of("many dots", ".".repeat(100_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"attacks", "confusions"})
    void G12_aTokenThatIsNotOursIsRefused(String what, String token) {
        assertThatThrownBy(() -> check(tokensAt(NOW), token))
                .as(what)
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHORIZED));
    }
}
