package kura;

import com.ibm.icu.text.Normalizer2;
import java.io.Reader;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.core.StopFilter;
import org.apache.lucene.analysis.email.UAX29URLEmailTokenizer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.icu.ICUNormalizer2CharFilter;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseBaseFormFilter;
import org.apache.lucene.analysis.ja.JapaneseKatakanaStemFilter;
import org.apache.lucene.analysis.ja.JapaneseNumberFilter;
import org.apache.lucene.analysis.ja.JapanesePartOfSpeechStopFilter;
import org.apache.lucene.analysis.ja.JapaneseReadingFormFilter;
import org.apache.lucene.analysis.ja.JapaneseTokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.pattern.PatternCaptureGroupTokenFilter;
import org.apache.lucene.analysis.pattern.PatternTokenizer;
import org.elasticsearch.cluster.metadata.IndexNameExpressionResolver;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestHandler;

/**
 * What of analysis-common, analysis-kuromoji and analysis-icu the server's own users and an index of ours need, under
 * the official names and settings: the core that Maven Central has is without them. The classes behind are Lucene's own,
 * as they are in production.
 */
public final class AnalysisParts extends Plugin implements AnalysisPlugin, ActionPlugin {
    @Override
    public Map<String, AnalysisProvider<CharFilterFactory>> getCharFilters() {
        return Map.of(
            "icu_normalizer", charFilter(settings -> {
                var form = Normalizer2.getInstance(null, settings.get("name", "nfkc_cf"), Normalizer2.Mode.COMPOSE);
                return text -> new ICUNormalizer2CharFilter(text, form);
            }),
            "mapping", charFilter(settings -> {
                var builder = new NormalizeCharMap.Builder();
                for (var rule : settings.getAsList("mappings")) {
                    var sides = rule.split("\\s*=>\\s*", 2);
                    builder.add(sides[0].trim(), sides[1].trim());
                }
                var map = builder.build();
                return text -> new MappingCharFilter(map, text);
            }));
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of(
            "kuromoji_tokenizer", tokenizer(settings -> {
                var mode = JapaneseTokenizer.Mode.valueOf(settings.get("mode", "search").toUpperCase());
                boolean withoutPunctuation = settings.getAsBoolean("discard_punctuation", true);
                boolean withoutCompounds = settings.getAsBoolean("discard_compound_token", false);
                return () -> new JapaneseTokenizer(null, withoutPunctuation, withoutCompounds, mode);
            }),
            "pattern", tokenizer(settings -> {
                var pattern = Pattern.compile(settings.get("pattern", "\\W+"));
                int group = settings.getAsInt("group", -1);
                return () -> new PatternTokenizer(pattern, group);
            }),
            // Where the server keeps its users, addresses are taken apart: nobody looks for any here.
            "uax_url_email", tokenizer(settings -> UAX29URLEmailTokenizer::new));
    }

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.ofEntries(
            Map.entry("kuromoji_baseform", filter(settings -> JapaneseBaseFormFilter::new)),
            Map.entry("kuromoji_part_of_speech", filter(settings -> {
                var tags = new HashSet<>(settings.getAsList("stoptags"));
                return tokens -> new JapanesePartOfSpeechStopFilter(tokens, tags);
            })),
            Map.entry("kuromoji_number", filter(settings -> JapaneseNumberFilter::new)),
            Map.entry("kuromoji_readingform", filter(settings -> JapaneseReadingFormFilter::new)),
            Map.entry("kuromoji_stemmer", filter(settings -> JapaneseKatakanaStemFilter::new)),
            Map.entry("ja_stop", filter(settings -> tokens ->
                new StopFilter(tokens, JapaneseAnalyzer.getDefaultStopSet()))),
            Map.entry("asciifolding", filter(settings -> ASCIIFoldingFilter::new)),
            Map.entry("stemmer", filter(settings -> switch (settings.get("language", "english")) {
                case "possessive_english" -> EnglishPossessiveFilter::new;
                case "english" -> PorterStemFilter::new;
                default -> throw new IllegalArgumentException("no index of ours stems " + settings.get("language"));
            })),
            Map.entry("unique", filter(settings -> RemoveDuplicatesTokenFilter::new)),
            Map.entry("pattern_capture", filter(settings -> {
                var patterns = settings.getAsList("patterns").stream().map(Pattern::compile).toArray(Pattern[]::new);
                boolean original = settings.getAsBoolean("preserve_original", true);
                return tokens -> new PatternCaptureGroupTokenFilter(tokens, original, patterns);
            })));
    }

    @Override
    public Collection<RestHandler> getRestHandlers(
        ActionPlugin.RestHandlersServices services,
        Supplier<DiscoveryNodes> nodes,
        Predicate<NodeFeature> features
    ) {
        return List.of(new Greeting());
    }

    private static AnalysisProvider<CharFilterFactory> charFilter(
        Function<Settings, UnaryOperator<Reader>> configured
    ) {
        return (index, environment, name, settings) -> {
            var filter = configured.apply(settings);
            return new CharFilterFactory() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public Reader create(Reader text) {
                    return filter.apply(text);
                }
            };
        };
    }

    private static AnalysisProvider<TokenizerFactory> tokenizer(Function<Settings, Supplier<Tokenizer>> configured) {
        return (index, environment, name, settings) -> TokenizerFactory.newFactory(name, configured.apply(settings));
    }

    private static AnalysisProvider<TokenFilterFactory> filter(
        Function<Settings, UnaryOperator<TokenStream>> configured
    ) {
        return (index, environment, name, settings) -> {
            var filter = configured.apply(settings);
            return new TokenFilterFactory() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public TokenStream create(TokenStream tokens) {
                    return filter.apply(tokens);
                }
            };
        };
    }
}
