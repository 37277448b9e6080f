#include "simulator/core/commands/external_authentication.h"
#include "simulator/core/commands/read_binary.h"
#include "simulator/core/commands/read_record.h"
#include "simulator/core/commands/select.h"
#include "simulator/core/commands/update_record.h"
#include "simulator/mutants/mutant.h"

namespace ssc::simulator::mutants {
namespace {

namespace sw = apdu::sw;
using apdu::CommandId;
using core::Step;

// The MAC is taken off and not looked at; its random is spent.
apdu::StatusWord mac_unread(core::Exchange& x) {
  const auto status = healthy_check<Step::kMac>(x);
  return status == apdu::sw::secure_messaging_incorrect ? apdu::sw::ok : status;
}

// The random that a MAC was over stays.
apdu::StatusWord mac_keeps_random(core::Exchange& x) {
  const auto before = x.view.session().challenge;
  const auto status = healthy_check<Step::kMac>(x);
  x.transaction.session().challenge = before;
  return status;
}

constexpr Mutant kMutants[] = {
    {"mac-not-checked", "MAC", "No MAC is checked", "不校验MAC", "Part 4 §8.2", profile::Kind::kCard,
     [](Workbench& w) { w.replace_check(Step::kMac, mac_unread); }},
    {"mac-random-stays", "MAC", "The random of a MAC can be used again", "MAC所用随机数可重复使用",
     "Part 5 §6.5.1", profile::Kind::kCard,
     [](Workbench& w) { w.replace_check(Step::kMac, mac_keeps_random); }},
    {"mac-wrong-is-6982", "STATUS WORDS", "A wrong MAC is 6982, not 6988", "MAC错误返回6982", "Part 5 t.5",
     profile::Kind::kCard,
     [](Workbench& w) {
       w.replace_check(Step::kMac, misnamed_check<Step::kMac, sw::secure_messaging_incorrect.value(),
                                                  sw::security_status_not_satisfied.value()>);
     }},
    {"right-wrong-is-6985", "STATUS WORDS", "A missing right is 6985, not 6982", "无权限返回6985",
     "Part 5 t.5", profile::Kind::kCard,
     [](Workbench& w) {
       w.replace_check(Step::kRight, misnamed_check<Step::kRight, sw::security_status_not_satisfied.value(),
                                                    sw::conditions_of_use_not_satisfied.value()>);
     }},
    {"random-wrong-is-6985", "STATUS WORDS", "A missing random is 6985, not 6984", "无随机数返回6985",
     "Part 5 t.5", profile::Kind::kCard,
     [](Workbench& w) {
       w.replace_check(Step::kRandom, misnamed_check<Step::kRandom, sw::reference_data_invalid.value(),
                                                     sw::conditions_of_use_not_satisfied.value()>);
     }},
    {"locked-is-6985", "STATUS WORDS", "A locked PIN or key is 6985, not 6983", "锁定返回6985", "Part 5 t.5",
     profile::Kind::kCard,
     [](Workbench& w) {
       w.replace_check(Step::kMethodNotLocked,
                       misnamed_check<Step::kMethodNotLocked, sw::method_locked.value(),
                                      sw::conditions_of_use_not_satisfied.value()>);
     }},
    {"parameters-are-6b00", "STATUS WORDS", "Wrong P1 P2 are 6B00, not 6A86", "P1P2错误返回6B00",
     "Part 5 t.5", profile::Kind::kCard,
     [](Workbench& w) {
       w.replace_check(
           Step::kParameters,
           misnamed_check<Step::kParameters, sw::wrong_p1_p2.value(), sw::offset_beyond_file.value()>);
     }},
    {"instruction-is-6e00", "STATUS WORDS", "An unknown INS is 6E00, not 6D00", "INS错误返回6E00",
     "Part 5 §5.1", profile::Kind::kCard,
     [](Workbench& w) {
       w.replace_check(
           Step::kInstruction,
           misnamed_check<Step::kInstruction, sw::wrong_instruction.value(), sw::wrong_class.value()>);
     }},
    {"class-is-6d00", "STATUS WORDS", "An unknown CLA is 6D00, not 6E00", "CLA错误返回6D00", "Part 5 §5.1",
     profile::Kind::kCard,
     [](Workbench& w) {
       w.replace_check(Step::kClass,
                       misnamed_check<Step::kClass, sw::wrong_class.value(), sw::wrong_instruction.value()>);
     }},
    {"length-is-6a80", "STATUS WORDS", "A wrong length is 6A80, not 6700", "长度错误返回6A80", "Part 5 t.5",
     profile::Kind::kCard,
     [](Workbench& w) {
       w.replace_check(
           Step::kLengths,
           misnamed_check<Step::kLengths, sw::wrong_length.value(), sw::wrong_data_field.value()>);
     }},
    {"structure-is-6986", "STATUS WORDS", "A wrong kind of file is 6986, not 6981", "文件类型错误返回6986",
     "Part 5 t.5", profile::Kind::kCard,
     [](Workbench& w) {
       w.replace_check(
           Step::kTarget,
           misnamed_check<Step::kTarget, sw::wrong_file_structure.value(), sw::no_current_ef.value()>);
     }},
    {"key-missing-is-6a82", "STATUS WORDS", "A missing key is 6A82, not 6A88", "密钥不存在返回6A82",
     "Part 5 t.5", profile::Kind::kCard,
     [](Workbench& w) {
       w.replace_check(Step::kTarget,
                       misnamed_check<Step::kTarget, sw::key_not_found.value(), sw::file_not_found.value()>);
     }},
    {"no-current-file-is-6a82", "STATUS WORDS", "No current EF is 6A82, not 6986", "无当前文件返回6A82",
     "Part 5 t.5", profile::Kind::kCard,
     [](Workbench& w) {
       w.replace_check(Step::kTarget,
                       misnamed_check<Step::kTarget, sw::no_current_ef.value(), sw::file_not_found.value()>);
     }},
    {"file-missing-is-6a88", "STATUS WORDS", "SELECT of a missing file is 6A88, not 6A82",
     "文件不存在返回6A88", "Part 5 §6.11", profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kSelect).handler =
           misnamed<core::select, sw::file_not_found.value(), sw::key_not_found.value()>;
     }},
    {"record-missing-is-6a82", "STATUS WORDS", "A missing record is 6A82, not 6A83", "记录不存在返回6A82",
     "Part 5 §6.10", profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kReadRecord).handler =
           misnamed<core::read_record, sw::record_not_found.value(), sw::file_not_found.value()>;
     }},
    {"file-full-is-6a83", "STATUS WORDS", "A full file is 6A83, not 6A84", "文件已满返回6A83", "Part 5 §6.13",
     profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kUpdateRecord).handler =
           misnamed<core::update_record, sw::no_space.value(), sw::record_not_found.value()>;
     }},
    {"offset-is-6a86", "STATUS WORDS", "An offset past the end is 6A86, not 6B00", "偏移越界返回6A86",
     "Part 5 §6.9", profile::Kind::kCard,
     [](Workbench& w) {
       w.binding(CommandId::kReadBinary).handler =
           misnamed<core::read_binary, sw::offset_beyond_file.value(), sw::wrong_p1_p2.value()>;
     }},
    {"lengths-before-parameters", "ORDER", "Lc is looked at before P1 P2", "先检查长度后检查P1P2",
     "Part 5 §6", profile::Kind::kCard,
     [](Workbench& w) { w.move_check(Step::kLengths, Step::kParameters); }},
    {"random-before-right", "ORDER", "The random is asked for before the right", "先检查随机数后检查权限",
     "Part 5 §6", profile::Kind::kCard, [](Workbench& w) { w.move_check(Step::kRandom, Step::kRight); }},
    {"random-before-lock", "ORDER", "The random is asked for before the lock", "先检查随机数后检查锁定",
     "Part 7 §6.6", profile::Kind::kCard,
     [](Workbench& w) { w.move_check(Step::kRandom, Step::kMethodNotLocked); }},
};

}  // namespace

std::span<const Mutant> check_mutants() { return kMutants; }

}  // namespace ssc::simulator::mutants
