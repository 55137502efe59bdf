package org.facevalue.platform.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

@Configuration(proxyBeanMethods = false)
class CryptoSetup {
    @Bean
    Keys keys(@Value("${facevalue.keys}") Path folder, Environment environment) {
        return new Keys(folder, environment.acceptsProfiles(Profiles.of("sandbox")));
    }

    @Bean
    Vault vault(Keys keys) throws GeneralSecurityException, IOException {
        return keys.vault();
    }

    @Bean
    BlindIndex blindIndex(Keys keys) throws GeneralSecurityException, IOException {
        return keys.index();
    }

    @Bean
    Signer signer(Keys keys) throws GeneralSecurityException, IOException {
        return keys.signer();
    }
}
