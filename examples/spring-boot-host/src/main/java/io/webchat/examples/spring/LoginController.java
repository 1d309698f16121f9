package io.webchat.examples.spring;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives whoever has shown their password a token. */
@RestController
class LoginController {
    private static final Duration LIFETIME = Duration.ofHours(12);

    private final JwtEncoder encoder;

    LoginController(JwtEncoder encoder) {
        this.encoder = encoder;
    }

    @PostMapping("/login")
    Map<String, String> login(Principal user) {
        Instant now = Instant.now();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .subject(user.getName())
                .issuedAt(now)
                .expiresAt(now.plus(LIFETIME))
                .build();
        return Map.of("token", encoder.encode(JwtEncoderParameters.from(claims)).getTokenValue());
    }
}
