package org.facevalue.platform.site.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.quote.Quotes;
import org.facevalue.platform.wording.Wording;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;
import org.springframework.web.servlet.view.RedirectView;

/** Draws templates (JTE, compiled with the code) with a {@link Frame}; and knows the reader's language: cookie, else the browser's, Korean first. */
@Configuration(proxyBeanMethods = false)
class Views implements WebMvcConfigurer {
    private final SurfaceGate gate;

    Views(SurfaceGate gate) {
        this.gate = gate;
    }

    @Bean
    LocaleResolver localeResolver() {
        var resolver = new CookieLocaleResolver("lang");
        resolver.setCookieSecure(true);
        resolver.setCookieHttpOnly(true);
        resolver.setCookieSameSite("Lax");
        resolver.setDefaultLocaleFunction(
                request ->
                        Locale.ENGLISH.getLanguage().equals(request.getLocale().getLanguage())
                                        && request.getHeader("Accept-Language") != null
                                ? Locale.ENGLISH
                                : Locale.KOREAN);
        return resolver;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(gate);
        registry.addInterceptor(
                new LocaleChangeInterceptor() {
                    {
                        setParamName("lang");
                        setIgnoreInvalidLocale(true);
                    }

                    @Override
                    protected @Nullable Locale parseLocaleValue(String value) {
                        return value.equals("en") ? Locale.ENGLISH : Locale.KOREAN;
                    }
                });
    }

    /** Named so that Spring Boot adds none of its own before it. */
    @Bean(name = "viewResolver")
    ViewResolver templates(
            MessageSource messages,
            Quotes quotes,
            Environment environment,
            LocaleResolver languages) {
        return new Templates(
                messages,
                quotes,
                gate,
                languages,
                environment.acceptsProfiles(Profiles.of("sandbox")));
    }

    private record Templates(
            MessageSource messages,
            Quotes quotes,
            SurfaceGate gate,
            LocaleResolver languages,
            boolean sandbox)
            implements ViewResolver, Ordered {
        private static final TemplateEngine ENGINE =
                TemplateEngine.createPrecompiled(ContentType.Html);
        private static final String REDIRECT = "redirect:";

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }

        @Override
        public View resolveViewName(String name, Locale language) {
            if (name.startsWith(REDIRECT))
                return new RedirectView(name.substring(REDIRECT.length()));
            return (model, request, response) -> {
                var shown = languages.resolveLocale(request);
                var parameters = new HashMap<String, Object>(model == null ? Map.of() : model);
                parameters.keySet().removeIf(key -> key.contains("."));
                parameters.put(
                        "frame",
                        frame(
                                messages,
                                shown,
                                new Wording(shown, quotes.zone()),
                                request,
                                new Frame.Place(sandbox, SingletonSupplier.of(gate::verdict))));
                var page = new StringOutput();
                ENGINE.render(name + ".jte", parameters, page);
                response.setContentType("text/html;charset=UTF-8");
                response.setHeader("Content-Language", shown.getLanguage());
                response.setHeader("Cache-Control", "no-store");
                response.getWriter().write(page.toString());
            };
        }
    }

    private static Frame frame(
            MessageSource messages,
            Locale language,
            Wording wording,
            HttpServletRequest request,
            Frame.Place place) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        var caller =
                authentication != null && authentication.getPrincipal() instanceof Caller c
                        ? c
                        : null;
        var csrf =
                request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                        ? token.getToken()
                        : "";
        var query = request.getQueryString();
        return new Frame(
                messages,
                language,
                wording,
                caller,
                request.getRequestURI(),
                query == null ? "" : query.replaceAll("(^|&)lang=[^&]*", "").replaceFirst("^&", ""),
                csrf,
                place);
    }
}
