// assay-javascript MEMORY_BYTES: reads {"body", "output", "context"} from its input, runs the function in SpiderMonkey,
// and writes {"returned": JSON} or {"threw": message} or {"limit": sentence}. Started by javascript::Sandbox alone.
#include <js/CompilationAndEvaluation.h>
#include <js/ContextOptions.h>
#include <js/Conversions.h>
#include <js/ErrorReport.h>
#include <js/Exception.h>
#include <js/HelperThreadAPI.h>
#include <js/Initialization.h>
#include <js/JSON.h>
#include <js/LocaleSensitive.h>
#include <js/Promise.h>
#include <js/SourceText.h>
#include <jsapi.h>
#include <jsfriendapi.h>

#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>

#include "worker/javascript/confine.hpp"

namespace {

constexpr std::size_t native_stack_bytes = std::size_t{512} << 10;

/// What differs from run to run must not be there: a verdict depends on its answer alone.
constexpr const char* prelude = R"js(
  'use strict';
  (() => {
    const refuse = (what) => () => { throw new Error(what + ' is not available: a verdict depends on its answer alone'); };
    Object.defineProperty(Math, 'random', {value: refuse('Math.random')});
    const Real = Date;
    const Fixed = function Date(...parts) {
      if (!new.target || parts.length === 0) refuse('the current time')();
      return Reflect.construct(Real, parts, new.target);
    };
    Fixed.prototype = Real.prototype;
    Fixed.parse = Real.parse;
    Fixed.UTC = Real.UTC;
    Fixed.now = refuse('Date.now');
    Object.defineProperty(Real.prototype, 'constructor', {value: Fixed});
    globalThis.Date = Fixed;
    for (const name of ['SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry']) delete globalThis[name];
  })();
)js";

const JSClass global_class = {"global", JSCLASS_GLOBAL_FLAGS, &JS::DefaultGlobalClassOps, nullptr, nullptr, nullptr};

std::string read_all() {
  std::string text;
  char buffer[65536];
  for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;) text.append(buffer, got);
  return text;
}

bool append_chunk(const char16_t* units, std::uint32_t count, void* out) {
  static_cast<std::u16string*>(out)->append(units, count);
  return true;
}

/// A JS value as JSON in 16-bit units; empty when it has none (undefined, a function).
bool stringify(JSContext* context, JS::HandleValue value, std::u16string& out) {
  if (value.isUndefined() || (value.isObject() && JS_ObjectIsFunction(&value.toObject()))) return true;
  JS::RootedValue copy(context, value);
  return JS_Stringify(context, &copy, nullptr, JS::NullHandleValue, append_chunk, &out);
}

/// One member of the answer: ASCII only, so that no half of a character can break it.
void say(const char* name, const std::u16string& text) {
  std::string out = std::string("{\"") + name + "\":\"";
  for (const char16_t unit : text) {
    if (unit >= 0x20 && unit < 0x7f && unit != u'"' && unit != u'\\') {
      out += static_cast<char>(unit);
    } else {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(unit));
      out += escape;
    }
  }
  out += "\"}\n";
  std::fwrite(out.data(), 1, out.size(), stdout);
  std::fflush(stdout);
}

void say(const char* name, const char* text) {
  const std::string ascii(text);
  say(name, std::u16string(ascii.begin(), ascii.end()));
}

std::u16string text_of(JSContext* context, JS::HandleValue value) {
  JS::RootedString string(context, JS::ToString(context, value));
  std::u16string text;
  if (!string) {
    JS_ClearPendingException(context);
    return u"an exception that cannot be shown";
  }
  text.resize(std::min<std::size_t>(JS_GetStringLength(string), 4096));
  for (std::size_t i = 0; i < text.size(); ++i)
    JS_GetStringCharAt(context, string, i, reinterpret_cast<char16_t*>(&text[i]));
  return text;
}

void say_exception(JSContext* context) {
  JS::RootedValue thrown(context);
  if (!JS_IsExceptionPending(context) || !JS_GetPendingException(context, &thrown)) {
    say("limit", "the script ran out of memory");
    return;
  }
  const bool out_of_memory = thrown.isString() && text_of(context, thrown) == u"out of memory";
  JS_ClearPendingException(context);
  const std::u16string shown = text_of(context, thrown);
  if (out_of_memory || shown == u"InternalError: allocation size overflow") {
    say("limit", "the script ran out of memory");
  } else if (shown == u"InternalError: too much recursion") {
    say("limit", "the script recursed too deeply");
  } else {
    say("threw", shown);
  }
}

bool parse(JSContext* context, JS::HandleObject object, const char* name, JS::MutableHandleValue value) {
  JS::RootedValue text(context);
  if (!JS_GetProperty(context, object, name, &text) || !text.isString()) return false;
  JS::RootedString string(context, text.toString());
  return JS_ParseJSON(context, string, value);
}

bool settle(JSContext* context, JS::MutableHandleValue value) {
  js::RunJobs(context);
  if (!value.isObject()) return true;
  JS::RootedObject object(context, &value.toObject());
  if (!JS::IsPromiseObject(object)) return true;
  switch (JS::GetPromiseState(object)) {
    case JS::PromiseState::Fulfilled:
      value.set(JS::GetPromiseResult(object));
      return true;
    case JS::PromiseState::Rejected: {
      JS::RootedValue reason(context, JS::GetPromiseResult(object));
      JS_SetPendingException(context, reason);
      return false;
    }
    case JS::PromiseState::Pending:
      break;
  }
  JS_ReportErrorASCII(context, "the promise that was returned can never be fulfilled");
  return false;
}

bool call(JSContext* context, const std::string& question, JS::MutableHandleValue value) {
  JS::RootedValue root(context);
  JS::ConstUTF8CharsZ text(question.c_str(), question.size());
  JS::RootedString all(context, JS_NewStringCopyUTF8Z(context, text));
  if (!all || !JS_ParseJSON(context, all, &root) || !root.isObject()) return false;
  JS::RootedObject asked(context, &root.toObject());
  JS::RootedValueArray<3> arguments(context);
  if (!parse(context, asked, "output", arguments[0]) || !parse(context, asked, "context", arguments[1])) return false;

  JS::RootedValue body(context);
  if (!JS_GetProperty(context, asked, "body", &body) || !body.isString()) return false;
  JS::RootedString code(context, body.toString());
  std::u16string units(JS_GetStringLength(code), u'\0');
  if (!JS_CopyStringChars(context, mozilla::Range<char16_t>(units.data(), units.size()), code)) return false;
  JS::SourceText<char16_t> source;
  if (!source.init(context, units.data(), units.size(), JS::SourceOwnership::Borrowed)) return false;
  JS::CompileOptions options(context);
  options.setFileAndLine("assertion", 1);
  const char* const names[] = {"output", "context", "process"};
  JS::RootedObjectVector scope(context);
  JS::RootedFunction function(context, JS::CompileFunction(context, scope, options, "assertion", 3, names, source));
  return function && JS_CallFunction(context, nullptr, function, arguments, value) && settle(context, value);
}

void run(JSContext* context, const std::string& question) {
  JS::RealmOptions options;
  JS::RootedObject global(context,
                          JS_NewGlobalObject(context, &global_class, nullptr, JS::FireOnNewGlobalHook, options));
  if (!global) return say_exception(context);
  JSAutoRealm inside(context, global);
  JS::CompileOptions compile(context);
  JS::SourceText<mozilla::Utf8Unit> source;
  JS::RootedValue value(context);
  if (!source.init(context, prelude, std::char_traits<char>::length(prelude), JS::SourceOwnership::Borrowed) ||
      !JS::Evaluate(context, compile, source, &value) || !call(context, question, &value)) {
    return say_exception(context);
  }
  std::u16string returned;
  if (!stringify(context, value, returned)) return say_exception(context);
  say("returned", returned);
}

/// The engine has no threads of its own: what it would give to one it does itself when it waits for it.
void leave_it(JS::DispatchReason) {}

}  // namespace

int main(int count, char** words) {
  const unsigned long memory = count > 1 ? std::strtoul(words[1], nullptr, 10) : 0;
  if (memory == 0 || !JS_Init()) return 1;
  JS::SetHelperThreadTaskCallback(leave_it, 1, native_stack_bytes);
  JSContext* context = JS_NewContext(static_cast<std::uint32_t>(std::min<unsigned long>(memory, UINT32_MAX)));
  if (context == nullptr) return 1;
  JS_SetGCParameter(context, JSGC_MAX_BYTES, static_cast<std::uint32_t>(std::min<unsigned long>(memory, UINT32_MAX)));
  JS_SetNativeStackQuota(context, native_stack_bytes);
  JS_SetGlobalJitCompilerOption(context, JSJITCOMPILER_BASELINE_ENABLE, 0);
  JS_SetGlobalJitCompilerOption(context, JSJITCOMPILER_ION_ENABLE, 0);
  JS_SetGlobalJitCompilerOption(context, JSJITCOMPILER_NATIVE_REGEXP_ENABLE, 0);
  JS::ContextOptionsRef(context).setWasm(false).setAsmJS(false);
  JS_SetDefaultLocale(JS_GetRuntime(context), "en-US");
  if (!js::UseInternalJobQueues(context) || !JS::InitSelfHostedCode(context)) return 1;
  if (!assay::javascript::confine(memory)) return 1;  // from here on there is nothing to reach
  run(context, read_all());
  std::_Exit(0);
}
